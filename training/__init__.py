"""How the model in pipeline/model is made: corpora in, weights and a model card out."""
