using BenchmarkDotNet.Attributes;
using Causality.Core;

namespace Causality.Benchmarks;

/// <summary>Append speed: parse, canonicalize and hash entries of 256 bytes on one core. Required: 200,000 entries/s.</summary>
[Config(typeof(EntriesPerSecondConfig))]
[MemoryDiagnoser]
public class EntryParsing
{
    private const int Count = 1_000;

    private byte[][] _canonical = [];
    private byte[][] _loose = [];

    /// <summary>Makes both spellings of the same entries, and makes sure that they are the same.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _canonical = [.. Enumerable.Range(0, Count).Select(SampleLog.CanonicalEntry)];
        _loose = [.. Enumerable.Range(0, Count).Select(SampleLog.LooseEntry)];
        for (var index = 0; index < Count; index++)
        {
            if (!LogEntry.Parse(_loose[index]).CanonicalBytes.Span.SequenceEqual(_canonical[index]))
                throw new InvalidOperationException($"Entry {index} differs between the two spellings.");
        }
    }

    /// <summary>Input that is canonical already, as our own client sends it.</summary>
    [Benchmark(OperationsPerInvoke = Count, Baseline = true)]
    public int Canonical() => ParseAll(_canonical);

    /// <summary>The same entries with another order of members and white space.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int ShuffledWithWhiteSpace() => ParseAll(_loose);

    /// <summary>The floor: nothing but the hash.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int HashOnly()
    {
        var mixed = 0;
        foreach (var line in _canonical)
            mixed ^= ContentHash.Of(line).GetHashCode();
        return mixed;
    }

    private static int ParseAll(byte[][] entries)
    {
        var mixed = 0;
        foreach (var entry in entries)
            mixed ^= LogEntry.Parse(entry).GetHashCode();
        return mixed;
    }
}
