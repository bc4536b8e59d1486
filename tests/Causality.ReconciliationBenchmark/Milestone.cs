using System.Reflection;
using Causality.Protocol;
using Causality.Protocol.Client;

namespace Causality.ReconciliationBenchmark;

/// <summary>Public and not sealed, as a proxy must be. Notes how many bytes had gone over the wire when the ids were known and the metadata were asked for.</summary>
public class Milestone : DispatchProxy
{
    private ISyncProtocol _inner = null!;
    private ExchangeTally _tally = null!;
    private long? _foundAt;

    public ISyncProtocol Protocol { get; private set; } = null!;

    public long FoundAt => _foundAt ?? _tally.Bytes;

    public static Milestone Before(ISyncProtocol inner, ExchangeTally tally)
    {
        var protocol = Create<ISyncProtocol, Milestone>();
        var milestone = (Milestone)(object)protocol;
        (milestone._inner, milestone._tally, milestone.Protocol) = (inner, tally, protocol);
        return milestone;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(ISyncProtocol.GetReconciledSegmentsAsync))
            _foundAt ??= _tally.Bytes;
        return targetMethod.Invoke(_inner, args);
    }
}
