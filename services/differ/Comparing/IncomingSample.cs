using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol;
using Causality.Storage.Database.Records;

namespace Causality.Differ.Comparing;

/// <summary>Chooses what of a plan's incoming entries is worth reading only to count conflicts: parts of segments first, since those were written on both sides, then whole ones.</summary>
/// <param name="settings">Of the sync: no more is read than its bandwidth gives in ten seconds.</param>
internal sealed class IncomingSample(SyncSettings settings)
{
    private const long MostBytes = 8 * 1024 * 1024;
    private const int SecondsOfBandwidth = 10;

    private readonly Share _parts = new();
    private readonly Share _wholes = new();

    /// <summary>What to read: at most 1,000 segments, 10,000 entries and 8 MiB, all together.</summary>
    public IReadOnlyList<SegmentWish> Chosen
    {
        get
        {
            var chosen = new Share();
            foreach (var row in _parts.Rows.Concat(_wholes.Rows))
                chosen.TryTake(row, BytesAllowed);
            return chosen.Rows.ConvertAll(PlanWishes.Of);
        }
    }

    private long BytesAllowed => settings.BandwidthBytesPerSecond > 0 ? Math.Min(MostBytes, SecondsOfBandwidth * settings.BandwidthBytesPerSecond) : MostBytes;

    /// <summary>Takes note of a row.</summary>
    public void Offer(PlanSegmentRecord row)
    {
        if (row is { State: PlanSegmentState.Pending, Direction: PlanDirection.In })
            (row.Entries is null ? _wholes : _parts).TryTake(row, BytesAllowed);
    }

    private sealed class Share
    {
        private long _entries;
        private long _bytes;

        public List<PlanSegmentRecord> Rows { get; } = [];

        public void TryTake(PlanSegmentRecord row, long bytesAllowed)
        {
            var (entries, bytes) = (row.EntriesToMove(), row.BytesToMove());
            if (Rows.Count == SyncLimits.MaxFetchSegments || _entries + entries > SyncLimits.MaxEntryHashes || _bytes + bytes > bytesAllowed)
                return;
            (_entries, _bytes) = (_entries + entries, _bytes + bytes);
            Rows.Add(row);
        }
    }
}
