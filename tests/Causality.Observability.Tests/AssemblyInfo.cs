// Each test starts whole operators or listens to everything that this process counts; several at once would hear each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
