namespace Causality.Storage.Maintenance;

/// <summary>What can be wrong with a segment's content: a closed set, fit for metrics.</summary>
public static class DamageKinds
{
    /// <summary>The row points at a blob that is not in the store.</summary>
    public const string Missing = "missing";

    /// <summary>The blob is there and cannot be read.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The blob is longer or shorter than the row says.</summary>
    public const string WrongSize = "wrong_size";

    /// <summary>The bytes do not hash to the blob's name.</summary>
    public const string WrongHash = "wrong_hash";

    /// <summary>The bytes are the ones that the hash names, and no segment: a line is not canonical, out of order or repeated.</summary>
    public const string InvalidLines = "invalid_lines";

    /// <summary>The content is sound, and its row says something else about it: number of entries or timestamps.</summary>
    public const string WrongRow = "wrong_row";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Missing, Unreadable, WrongSize, WrongHash, InvalidLines, WrongRow];

    /// <summary>True where the same content from another operator mends it.</summary>
    public static bool IsMendable(string kind) => kind is Missing or Unreadable or WrongSize or WrongHash;
}
