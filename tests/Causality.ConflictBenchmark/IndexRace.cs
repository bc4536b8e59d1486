using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Causality.Core;
using Causality.Storage.Log.Index;

namespace Causality.ConflictBenchmark;

/// <summary>Checks and adds entries to the index on one thread, and to a dictionary by id beside it. By processor time, which a busy machine does not stretch.</summary>
internal static class IndexRace
{
    private const int PerSegment = 10_000;
    private const int IdBytes = 24;

    /// <summary>Entries a second of one core, and bytes an entry.</summary>
    internal readonly record struct Figures(double PerSecond, double BytesPerEntry);

    public static Figures MeasureIndex(long entries)
    {
        var table = new SegmentTable();
        var ids = new byte[PerSegment][];
        var keys = new EntryKey[PerSegment];
        var (used, before) = (TimeSpan.Zero, Collected());
        for (long first = 0; first < entries; first += PerSegment)
        {
            Make(first, ids, keys);
            var began = Environment.CpuUsage.TotalTime;
            var lines = new (UInt128, EntryKey, int)[PerSegment];
            for (var index = 0; index < PerSegment; index++)
                lines[index] = (IdKeys.Of(ids[index]), keys[index], index * 256);
            table.Replace(new SegmentDigest(new SegmentId($"s{first}"), keys[0].Hash, lines));
            used += Environment.CpuUsage.TotalTime - began;
        }

        if (table.Entries.Conflicts != 0)
            throw new InvalidOperationException("No two of the ids are equal, and the index says that some are.");
        var figures = new Figures(entries / used.TotalSeconds, (Collected() - before) / (double)entries);
        GC.KeepAlive(table);
        return figures;
    }

    /// <summary>What one would write first: a dictionary from id to hash.</summary>
    public static Figures MeasureDictionary(long entries)
    {
        var known = new Dictionary<string, ContentHash>(StringComparer.Ordinal);
        var ids = new byte[PerSegment][];
        var keys = new EntryKey[PerSegment];
        var (used, before, conflicts) = (TimeSpan.Zero, Collected(), 0);
        for (long first = 0; first < entries; first += PerSegment)
        {
            Make(first, ids, keys);
            var began = Environment.CpuUsage.TotalTime;
            for (var index = 0; index < PerSegment; index++)
            {
                if (!known.TryAdd(System.Text.Encoding.UTF8.GetString(ids[index]), keys[index].Hash))
                    conflicts++;
            }

            used += Environment.CpuUsage.TotalTime - began;
        }

        var figures = new Figures(entries / used.TotalSeconds, (Collected() - before) / (double)entries);
        GC.KeepAlive(known);
        return conflicts == 0 ? figures : throw new InvalidOperationException("No two of the ids are equal.");
    }

    private static long Collected()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, true, true);
        return GC.GetTotalMemory(true);
    }

    private static void Make(long first, byte[][] ids, EntryKey[] keys)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (var index = 0; index < ids.Length; index++)
        {
            var id = new byte[IdBytes];
            id.AsSpan().Fill((byte)'0');
            "entry-"u8.CopyTo(id);
            Utf8Formatter.TryFormat(first + index, id.AsSpan(8), out _, new StandardFormat('D', 16));
            ids[index] = id;
            SHA256.HashData(id, digest);
            keys[index] = new EntryKey(1_767_225_600_000 + first + index, new ContentHash(digest));
        }
    }
}
