namespace Causality.EndToEnd.Tests.Logs;

/// <summary>Entries dealt out over two operators, with an overlap and with ids that have another content at each.</summary>
/// <param name="First">The first operator's lines.</param>
/// <param name="Second">The second operator's lines.</param>
/// <param name="Distinct">Different entries in both together.</param>
/// <param name="Conflicts">Ids with two contents.</param>
internal sealed record DealtLog(IReadOnlyList<string> First, IReadOnlyList<string> Second, int Distinct, int Conflicts)
{
    private const int ConflictCount = 20;
    private const long Moment = 1_800_000_000_000;

    /// <summary>Two fifths each, one fifth to both, and the conflicts.</summary>
    /// <param name="lines">Different entries.</param>
    /// <param name="name">Keeps the conflicts' ids apart from those of other tests.</param>
    public static DealtLog Deal(IReadOnlyList<string> lines, string name)
    {
        var first = lines.Where((_, index) => index % 5 is 0 or 1 or 4).Concat(Conflicting(name, "first")).ToList();
        var second = lines.Where((_, index) => index % 5 is 2 or 3 or 4).Concat(Conflicting(name, "second")).ToList();
        return new DealtLog(first, second, lines.Count + (2 * ConflictCount), ConflictCount);
    }

    /// <summary>Entries that only one test has.</summary>
    public static IEnumerable<string> Make(string name, int count) => Enumerable.Range(0, count).Select(number =>
        $$$"""{"id":"{{{name}}}-{{{number}}}","timestamp":{{{Moment + number}}},"entry_type":"event","data":{"number":{{{number}}},"salt":"{{{Guid.NewGuid()}}}"}}""");

    // Every third conflict is a tie in time, which the hash decides.
    private static IEnumerable<string> Conflicting(string name, string seenBy) => Enumerable.Range(0, ConflictCount).Select(number =>
        $$$"""{"id":"{{{name}}}-conflict-{{{number}}}","timestamp":{{{Moment + (seenBy == "second" ? number % 3 : 0)}}},"entry_type":"fact","data":{"seen_by":"{{{seenBy}}}"}}""");
}
