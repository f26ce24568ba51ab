"""Reviews: what earlier patients, carers and families said of one listing."""
