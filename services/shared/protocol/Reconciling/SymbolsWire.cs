using Causality.Contracts.Http;
using Causality.Core;
using Causality.Core.Reconciliation;

namespace Causality.Protocol.Reconciling;

/// <summary>Which symbols are wanted.</summary>
internal static class SymbolsWire
{
    public static void WriteWindow(WireWriter output, int from, int count)
    {
        output.WriteVarint((ulong)from);
        output.WriteVarint((ulong)count);
    }

    public static (int From, int Count) ReadWindow(ref WireReader input)
    {
        var from = (int)input.ReadNumber("from", SyncLimits.MaxSymbolNumber);
        var count = (int)input.ReadNumber("count", SyncLimits.MaxSymbols);
        if (count == 0 || from + count > SyncLimits.MaxSymbolNumber)
            throw input.Fault("count", $"{count} symbols from {from} on; 1 to {SyncLimits.MaxSymbols} are given at once, all before {SyncLimits.MaxSymbolNumber}");
        return (from, count);
    }
}
