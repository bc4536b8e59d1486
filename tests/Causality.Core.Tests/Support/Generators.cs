using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Support;

/// <summary>Random entries and segments, small enough to collide and odd enough to hurt.</summary>
internal static class Generators
{
    // One of each kind that canonical form treats differently, and the neighbours of the surrogates in both orders.
    private static readonly string[] Characters =
        ["a", "b", "B", "0", " ", "/", "\"", "\\", "\b", "\t", "\n", "\f", "\r", "\u0000", "\u001f", "\u007f", "é", "\u2028", "\ud7ff", "\ue000", "\ufffd", "\U00010000", "😀", "\U0010FFFF"];

    private static readonly string[] Literals = ["null", "true", "false", "0", "-0", "1", "-1.50", "1E5", "1e+05", "0.10", "12345678901234567890123", "1e-400"];

    public static readonly Gen<string> Text = Gen.Elements(Characters).ListOf().Select(parts => string.Concat(parts.Take(12)));

    private static readonly Gen<string> Name = Gen.Elements(Characters.Where(part => !char.IsControl(part[0])).ToArray()).NonEmptyListOf().Select(parts => string.Concat(parts.Take(40)));

    private static readonly Gen<string?> OptionalName = Gen.OneOf(Gen.Constant<string?>(null), Name.Select(name => (string?)name));

    private static readonly Gen<Json> Leaf = Gen.OneOf(Gen.Elements(Literals).Select(spelling => (Json)new Json.Literal(spelling)), Text.Select(text => (Json)new Json.Text(text)));

    private static readonly Gen<Json.Map> Pairs = Map(Text.Select(text => (Json)new Json.Text(text)));

    /// <summary>An entry as its writer may spell it, with members that are absent by being null or empty.</summary>
    public static readonly Gen<Json> Entry =
        from id in Name
        from timestamp in Timestamp()
        from type in Gen.Elements("effect", "fact", "event")
        from data in Value(4)
        from trace in OptionalName
        from parent in OptionalName
        from metadata in Pairs
        from keepNulls in Gen.Elements(true, false)
        select (Json)Compose(id, timestamp, type, data, trace, parent, metadata, keepNulls);

    public static readonly Gen<int> Seed = Gen.Choose(0, int.MaxValue - 1);

    public static readonly Gen<ContentHash> Hash = Gen.Choose(0, 255).Select(value => (byte)value).ListOf(32).Select(bytes => new ContentHash(bytes.ToArray()));

    /// <summary>Drawn from few entries, so that two segments overlap, and from few timestamps, so that hashes decide the order.</summary>
    public static readonly Gen<LogSegment> Segment =
        from numbers in Gen.Choose(0, 30).NonEmptyListOf()
        from origin in Gen.Elements(Samples.Alice, Samples.Bob)
        select LogSegment.FromEntries(Samples.SegmentA, origin, numbers.Select(number => Samples.Numbered(number, number % 4)));

    /// <summary>Unique ids out of few, with few different hashes.</summary>
    public static readonly Gen<SegmentMetadata[]> Catalogue =
        Gen.Choose(0, 20).SelectMany(_ => Gen.Choose(0, 2), (id, content) => MetadataOf($"segment-{id}", content)).ListOf().Select(all => all.DistinctBy(one => one.Id).ToArray());

    public static SegmentMetadata MetadataOf(string id, int content) => new()
    {
        Id = new SegmentId(id),
        Origin = Samples.Alice,
        StartTimestamp = 0,
        EndTimestamp = 1,
        EntryCount = 1,
        ContentHash = ContentHash.Of([(byte)content]),
        SizeBytes = 1,
    };

    /// <summary>Checks a property with 300 cases and throws with the case that breaks it.</summary>
    public static void Holds<T>(Gen<T> cases, Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true), Prop.ForAll(Arb.From(cases), property));

    private static Gen<Json> Timestamp() => Gen.OneOf(
        Gen.Choose(0, int.MaxValue).Select(value => (Json)new Json.Literal(value.ToString(CultureInfo.InvariantCulture))),
        Gen.Choose(0, int.MaxValue).Select(value => (Json)new Json.Text(DateTimeOffset.FromUnixTimeMilliseconds(value * 1000L + value % 1000).ToOffset(TimeSpan.FromMinutes(value % 800)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture))));

    private static Gen<Json> Value(int depth) => depth == 0
        ? Leaf
        : Gen.Frequency(
            (3, Leaf),
            (1, Value(depth - 1).ListOf().Select(items => (Json)new Json.List([.. items.Take(5)]))),
            (2, Map(Value(depth - 1)).Select(map => (Json)map)));

    private static Gen<Json.Map> Map(Gen<Json> values) =>
        Text.SelectMany(_ => values, (name, value) => new KeyValuePair<string, Json>(name, value)).ListOf()
            .Select(members => new Json.Map([.. members.DistinctBy(member => member.Key).Take(6)]));

    private static Json.Map Compose(string id, Json timestamp, string type, Json data, string? trace, string? parent, Json.Map metadata, bool keepNulls)
    {
        var members = new List<KeyValuePair<string, Json>>
        {
            new("id", new Json.Text(id)), new("timestamp", timestamp), new("entry_type", new Json.Text(type)), new("data", data),
        };
        AddOptional(members, "trace_id", trace, keepNulls);
        AddOptional(members, "parent_id", parent, keepNulls);
        if (metadata.Members.Length > 0 || keepNulls)
            members.Add(new("metadata", metadata));
        return new Json.Map([.. members]);
    }

    private static void AddOptional(List<KeyValuePair<string, Json>> members, string name, string? value, bool keepNulls)
    {
        if (value is not null)
            members.Add(new(name, new Json.Text(value)));
        else if (keepNulls)
            members.Add(new(name, new Json.Literal("null")));
    }
}
