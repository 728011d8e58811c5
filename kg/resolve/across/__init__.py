"""Who is who across documents: profiles, keys of blocks, comparisons with reasons, clusters and people's judgements."""
