using System.Diagnostics.Metrics;

namespace Causality.Protocol.Client;

/// <summary>What the client side counts.</summary>
internal static class ClientMetrics
{
    private static readonly Meter Meter = new("Causality.Protocol.Client");

    public static readonly Counter<long> HashMismatches = Meter.CreateCounter<long>("causality_hash_mismatch_total", "{segment}", "Segments whose content was not what its peer had promised, by peer.");
}
