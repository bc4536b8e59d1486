// Each test starts programs or whole operators; several at once only make a small machine slower.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
