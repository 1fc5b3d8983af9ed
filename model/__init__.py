"""The sleep-staging networks: preprocessing, architecture, weights and inference."""
