using Causality.Core;

namespace Causality.Storage.Log.Staging;

/// <summary>A segment, or some entries of one, that had come in.</summary>
/// <param name="Id">The segment.</param>
/// <param name="Wanted">The content that was wanted; the default one where its hash was not known.</param>
/// <param name="Content">Hash of what came: the same for a whole segment, another one for some of its entries.</param>
/// <param name="Place">Name of the file in the folder of temporary ones.</param>
public sealed record StagedSegment(SegmentId Id, ContentHash Wanted, ContentHash Content, string Place)
{
    /// <summary>What the files of contents that stay in memory until the commit end in.</summary>
    internal const string KeptExtension = ".kept";

    /// <summary>True for a content that is to be united with ours: the commit gives it no name.</summary>
    internal bool IsKept => Place.EndsWith(KeptExtension, StringComparison.Ordinal);

    /// <summary>The line of a journal.</summary>
    internal string ToLine() => $"{Id} {Wanted} {Content} {Place}\n";

    /// <summary>Null for a line that was cut off.</summary>
    internal static StagedSegment? Read(string line) =>
        line.Split(' ') is [var id, var wanted, var content, var place] && SegmentId.TryParse(id, out var segment) && ContentHash.TryParse(wanted, out var wantedHash)
        && ContentHash.TryParse(content, out var contentHash) && place.Length > 0 && Path.GetFileName(place) == place
            ? new StagedSegment(segment, wantedHash, contentHash, place)
            : null;
}
