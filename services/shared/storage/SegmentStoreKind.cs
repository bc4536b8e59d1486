namespace Causality.Storage;

/// <summary>Where contents are kept.</summary>
public enum SegmentStoreKind
{
    /// <summary>In the data folder.</summary>
    Folder,

    /// <summary>In a bucket of a store that speaks S3; see <see cref="S3Options"/>.</summary>
    S3,
}
