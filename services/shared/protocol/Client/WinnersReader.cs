using Causality.Contracts.Http;
using Causality.Core;

namespace Causality.Protocol.Client;

/// <summary>Reads and checks a peer's answer about winners.</summary>
internal static class WinnersReader
{
    /// <exception cref="ProtocolViolationException">An id that was not asked for or comes twice, or a value out of its bounds.</exception>
    public static Dictionary<string, EntryKey> Read(PeerExchange exchange, WinnersAnswer answer, HashSet<string> asked)
    {
        var winners = new Dictionary<string, EntryKey>(StringComparer.Ordinal);
        for (var index = 0; index < answer.Winners.Count; index++)
        {
            var winner = answer.Winners[index] ?? throw exchange.Violation($"winners[{index}] is null");
            if (!asked.Contains(winner.EntryId))
                throw exchange.Violation($"winners[{index}].entry_id: '{Printable.Shorten(winner.EntryId)}' was not asked for");
            if (!ContentHash.TryParse(winner.EntryHash, out var hash))
                throw exchange.Violation($"winners[{index}].entry_hash: '{Printable.Shorten(winner.EntryHash)}' is not a hash");
            if (winner.Timestamp is < 0 or > EntryLimits.MaxTimestamp)
                throw exchange.Violation($"winners[{index}].timestamp: {winner.Timestamp} is not between 0 and {EntryLimits.MaxTimestamp}");
            if (!winners.TryAdd(winner.EntryId, new EntryKey(winner.Timestamp, hash)))
                throw exchange.Violation($"winners[{index}].entry_id: '{Printable.Shorten(winner.EntryId)}' comes twice");
        }

        return winners;
    }
}
