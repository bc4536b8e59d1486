using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control.Tokens;

/// <summary>The token that the configuration gives, by value or as a file that is read again when it changes.</summary>
internal sealed class BootstrapToken(IOptions<ControlOptions> options)
{
    /// <summary>The name under which it acts.</summary>
    public const string Name = "bootstrap";

    private const int MaxFileBytes = 4096;

    /// <summary>True when the configuration names one, readable or not: from then on nobody acts without a token.</summary>
    public bool IsConfigured => options.Value is { BootstrapTokenFile.Length: > 0 } or { BootstrapToken.Length: > 0 };

    /// <summary>The token, or null without one. A file that has become unreadable is no token: who took it away wanted that.</summary>
    public KnownToken? Read()
    {
        var text = options.Value.BootstrapTokenFile is { Length: > 0 } file ? TryTextOf(file) : options.Value.BootstrapToken;
        return string.IsNullOrEmpty(text) ? null : new KnownToken(Name, TokenText.Hash(text), ControlPolicies.All, ExpiresAt: null, RevokedAt: null, LastUsedAt: null);
    }

    /// <summary>What is wrong with the file, or null.</summary>
    public static string? FaultOf(string file)
    {
        try
        {
            return TextOf(file) is not null
                ? null
                : $"Control:BootstrapTokenFile '{file}' does not hold one line of {ControlOptions.MinTokenLength} to {TokenText.MaxLength} printable characters without spaces; make one with: openssl rand -base64 32 > {file}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"Control:BootstrapTokenFile '{file}' cannot be read: {exception.Message}";
        }
    }

    private static string? TryTextOf(string file)
    {
        try
        {
            return TextOf(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? TextOf(string file)
    {
        if (new FileInfo(file) is { Exists: true, Length: > MaxFileBytes })
            return null;
        var text = File.ReadAllText(file).TrimEnd('\r', '\n');
        return TokenText.IsLongEnough(text) ? text : null;
    }
}
