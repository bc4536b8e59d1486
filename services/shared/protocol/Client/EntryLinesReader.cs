using Causality.Core;

namespace Causality.Protocol.Client;

/// <summary>Reads the answer that is some entries of a segment, one line each.</summary>
internal static class EntryLinesReader
{
    /// <param name="exchange">The answer.</param>
    /// <param name="asked">The hashes asked for; those that came are taken out.</param>
    public static async Task<List<LogEntry>> ReadAsync(PeerExchange exchange, HashSet<ContentHash> asked)
    {
        var rest = await exchange.ReadAllAsync(SegmentLimits.MaxBytes);
        var entries = new List<LogEntry>();
        while (rest.Length > 0)
        {
            var number = entries.Count + 1;
            var length = rest.Span.IndexOf((byte)'\n');
            if (length < 0)
                throw exchange.Violation($"line {number} has no end");

            var entry = Read(exchange, rest[..length], number);
            if (!asked.Remove(entry.Hash))
                throw exchange.Violation($"line {number}: entry {entry.Hash} was not asked for, or came twice");
            entries.Add(entry);
            rest = rest[(length + 1)..];
        }

        return entries;
    }

    private static LogEntry Read(PeerExchange exchange, ReadOnlyMemory<byte> line, int number)
    {
        try
        {
            return LogEntry.FromLine(line);
        }
        catch (InvalidEntryException exception)
        {
            throw new ProtocolViolationException($"{PeerFaults.Name(exchange.Peer)}: line {number} is not an entry: {exception.Message}", exception);
        }
    }
}
