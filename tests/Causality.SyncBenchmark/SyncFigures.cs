using Causality.Contracts;

namespace Causality.SyncBenchmark;

/// <summary>What the target is asked to do.</summary>
internal sealed record SyncRequest(PeerEndpoint Peer, SyncSettings Settings);

/// <summary>What one sync took.</summary>
internal sealed record SyncFigures
{
    public double CompareSeconds { get; init; }
    public double TransferSeconds { get; init; }
    public long Segments { get; init; }
    public long Entries { get; init; }
    public bool InSync { get; init; }
    public double CpuSeconds { get; init; }
    public double GatewayCpuSeconds { get; init; }
    public double PeakMegabytes { get; init; }
    public double GatewayPeakMegabytes { get; init; }
    public long WireBytes { get; init; }

    public double Seconds => CompareSeconds + TransferSeconds;
}
