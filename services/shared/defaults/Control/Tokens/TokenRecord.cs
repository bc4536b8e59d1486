namespace Causality.ServiceDefaults.Control.Tokens;

/// <summary>A token's row.</summary>
internal sealed class TokenRecord
{
    /// <summary>Who or what it is for.</summary>
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of its text.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>Roles, separated by commas.</summary>
    public string Roles { get; set; } = "";

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long CreatedAt { get; set; }

    /// <summary>Name of the token with which it was made.</summary>
    public string CreatedBy { get; set; } = "";

    /// <summary>Milliseconds since the Unix epoch; null for never.</summary>
    public long? ExpiresAt { get; set; }

    /// <summary>Milliseconds since the Unix epoch, to the minute; null for never.</summary>
    public long? LastUsedAt { get; set; }

    /// <summary>Milliseconds since the Unix epoch; null while it is valid.</summary>
    public long? RevokedAt { get; set; }
}
