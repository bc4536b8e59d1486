namespace Causality.Storage;

/// <summary>A bucket for contents. Configuration section <c>Storage:S3</c>, read when <c>Storage:Store</c> is <c>S3</c>.</summary>
/// <remarks>Credentials come from the SDK's chain: environment (<c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c>), profile, or the machine's role. Never from here.</remarks>
public sealed class S3Options
{
    /// <summary>The bucket; it must exist. One prefix of one bucket belongs to one operator.</summary>
    /// <value>Required for S3.</value>
    public string Bucket { get; set; } = "";

    /// <summary>What every key begins with.</summary>
    /// <value>Default empty; such as <c>operator-a/</c>.</value>
    public string Prefix { get; set; } = "";

    /// <summary>Where the store answers, for those that are not Amazon's.</summary>
    /// <value>Default: Amazon's, by <see cref="Region"/>; such as <c>http://minio:9000</c>.</value>
    public string? Endpoint { get; set; }

    /// <summary>The region that requests are signed for.</summary>
    /// <value>Default <c>us-east-1</c>.</value>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Name the bucket in the path instead of in the host's name, as most stores that are not Amazon's want.</summary>
    /// <value>Default false.</value>
    public bool PathStyle { get; set; }

    /// <summary>Memory for contents that were read lately, in bytes: readers come back to the same content piece by piece.</summary>
    /// <value>Default 128 MiB; 0 to 16 GiB.</value>
    public long CacheBytes { get; set; } = 128 * 1024 * 1024;
}
