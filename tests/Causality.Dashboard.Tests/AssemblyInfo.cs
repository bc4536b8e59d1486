// Each fixture starts whole operators, and some a browser; several at once only make a small machine slower.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
