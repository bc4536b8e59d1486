using BenchmarkDotNet.Running;
using Causality.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(EntryParsing).Assembly).Run(args);
