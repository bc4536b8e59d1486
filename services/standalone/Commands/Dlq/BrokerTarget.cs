using Causality.Standalone.Input;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>The broker that a person named. Holds a secret, and never says it.</summary>
internal sealed class BrokerTarget
{
    private const string Wanted = "amqp://user:password@host:port/virtual-host (amqps:// for TLS)";

    private BrokerTarget(Uri uri) => Uri = uri;

    /// <summary>With the password.</summary>
    public Uri Uri { get; }

    /// <summary>The virtual host.</summary>
    public string VirtualHost => Uri.UnescapeDataString(Uri.AbsolutePath.TrimStart('/')) is { Length: > 0 } name ? name : "/";

    /// <exception cref="InputException">Nothing was given, or no address.</exception>
    public static BrokerTarget Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new InputException($"Name the operator's broker by --amqp or CAUSALITY_AMQP: {Wanted}.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
            throw new InputException($"The broker's address is not of the form {Wanted}.");
        return new BrokerTarget(uri);
    }

    /// <summary>Without user and password.</summary>
    public override string ToString() => $"{Uri.Scheme}://{Uri.Authority}/{Uri.EscapeDataString(VirtualHost)}";
}
