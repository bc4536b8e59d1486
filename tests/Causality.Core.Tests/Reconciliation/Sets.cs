using System.Globalization;
using System.Text;
using Causality.Core.Reconciliation;
using FsCheck;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Reconciliation;

/// <summary>Sets to reconcile.</summary>
internal static class Sets
{
    /// <summary>Two sets that share most items, with few timestamps so that prefixes of ids matter.</summary>
    public static readonly Gen<(ReconciliationItem[] Ours, ReconciliationItem[] Theirs)> Pair =
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from size in Gen.Elements(0, 1, 15, 31, 32, 33, 300, 2_000)
        from timestamps in Gen.Elements(1, 3, 100_000)
        from missing in Gen.Elements(0.0, 0.01, 0.3, 1.0)
        select Deal(seed, size, timestamps, missing);

    /// <summary>The item of <c>clients/negentropy.js</c> with this number.</summary>
    public static ReconciliationItem Numbered(int number, int spread) =>
        new(number / spread * 7, ContentHash.Of(Encoding.UTF8.GetBytes("item " + number.ToString(CultureInfo.InvariantCulture))));

    public static IEnumerable<ReconciliationItem> Numbered(int count, int spread, int every, int rest) =>
        Enumerable.Range(0, count).Where(number => every == 0 || number % every != rest).Select(number => Numbered(number, spread));

    public static ReconciliationItem Random(Random random, int timestamps)
    {
        var id = new byte[ContentHash.LengthBytes];
        random.NextBytes(id);
        return new ReconciliationItem(random.Next(timestamps), new ContentHash(id));
    }

    private static (ReconciliationItem[] Ours, ReconciliationItem[] Theirs) Deal(int seed, int size, int timestamps, double missing)
    {
        var random = new Random(seed);
        var all = Enumerable.Range(0, size).Select(_ => Random(random, timestamps)).ToArray();
        return ([.. all.Where(_ => random.NextDouble() >= missing / 2)], [.. all.Where(_ => random.NextDouble() >= missing)]);
    }
}
