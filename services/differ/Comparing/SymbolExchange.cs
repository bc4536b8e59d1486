using Causality.Contracts.Http;
using Causality.Core.Reconciliation;
using Causality.Protocol.Reconciling;

namespace Causality.Differ.Comparing;

/// <summary>Asks for symbols until the difference is known.</summary>
/// <param name="ask">Asks the peer for symbols, by first number and count.</param>
/// <param name="ours">The short ids of our side, without the segments that the peer has not (their places).</param>
public sealed class SymbolExchange(Func<int, int, Task<SymbolsAnswer>> ask, Func<IReadOnlyList<int>, ulong[]> ours)
{
    private const int Restarts = 2;
    private const int Least = 24;

    /// <summary>Symbols for each difference that is expected: enough nineteen times of twenty from a few hundred on, and asking again is cheap.</summary>
    private const double PerDifference = 1.45;

    /// <summary>Places of segments that the peer has not.</summary>
    public IReadOnlyList<int> Gone { get; private set; } = [];

    /// <summary>Finds the difference.</summary>
    /// <param name="estimate">How many differences there may be; a bad guess costs a round trip or bytes.</param>
    /// <returns>Null when symbols are not the way: too much differs, or the peer's set does not stand still.</returns>
    public async Task<SymbolDecoder?> DecodeAsync(long estimate)
    {
        for (var restart = 0; restart <= Restarts; restart++)
        {
            var (decoder, hasMoved) = await TryAsync(estimate);
            if (decoder?.IsDecoded == true)
                return decoder;
            if (!hasMoved)
                return null;
        }

        return null;
    }

    private async Task<(SymbolDecoder? Decoder, bool HasMoved)> TryAsync(long estimate)
    {
        var (decoder, shortIds, set) = (new SymbolDecoder(), (ulong[]?)null, (SymbolsAnswer?)null);
        while (!decoder.IsDecoded)
        {
            var wanted = Wanted(decoder, estimate);
            if (wanted > SyncLimits.MaxSymbolNumber)
                return (null, false);

            var (from, count) = (decoder.Count, (int)Math.Min(wanted - decoder.Count, SyncLimits.MaxSymbols));
            var answer = await ask(from, count);
            set ??= answer;
            if (answer.Version != set.Version || answer.Size != set.Size || !answer.Gone.SequenceEqual(set.Gone))
                return (null, true);
            Gone = set.Gone;
            shortIds ??= ours(Gone);
            decoder.Add(SymbolEncoder.Encode(shortIds, from, count), answer.Symbols);
        }

        return (decoder, false);
    }

    /// <summary>How many symbols to have after the next answer: by the guess at first, then by what the symbols themselves tell, and half as many again in any case.</summary>
    private static long Wanted(SymbolDecoder decoder, long estimate) => decoder.Count == 0
        ? Math.Max(Least, (long)(PerDifference * estimate) + Least)
        : Math.Max(decoder.Count + (decoder.Count / 2), (long)(PerDifference * decoder.Estimate()) + Least);
}
