namespace Causality.Messaging;

/// <summary>A broker's address in its parts.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="VirtualHost">Without the leading slash of the URI; <c>/</c> is the default one.</param>
/// <param name="User">Who logs in.</param>
/// <param name="Password">A secret.</param>
/// <param name="Encrypted">True for TLS.</param>
internal sealed record BrokerAddress(string Host, int Port, string VirtualHost, string User, string Password, bool Encrypted)
{
    /// <summary>Says what is wrong with an address, without repeating it: it may hold a secret.</summary>
    internal static string? Fault(string? text)
    {
        const string wanted = "expected amqp://user:password@host:port/virtual-host (amqps:// for TLS).";
        if (string.IsNullOrWhiteSpace(text))
            return $"{BusOptions.Section}:Uri is missing, and the transport RabbitMq needs it; {wanted}";
        if (!System.Uri.TryCreate(text, UriKind.Absolute, out var uri))
            return $"{BusOptions.Section}:Uri is not a URI; {wanted}";
        if (uri.Scheme is not ("amqp" or "amqps"))
            return $"{BusOptions.Section}:Uri has the scheme '{uri.Scheme}'; {wanted}";
        if (uri.Host.Length == 0)
            return $"{BusOptions.Section}:Uri names no host; {wanted}";
        return uri.AbsolutePath.Trim('/').Contains('/') ? $"{BusOptions.Section}:Uri has more than one path segment; write a '/' in a virtual host as %2F." : null;
    }

    internal static BrokerAddress Parse(string text)
    {
        var uri = new Uri(text);
        var encrypted = uri.Scheme == "amqps";
        var port = uri.IsDefaultPort || uri.Port < 0 ? encrypted ? 5671 : 5672 : uri.Port;
        var path = System.Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        var login = uri.UserInfo.Split(':', 2);
        return new BrokerAddress(uri.Host, port, path.Length == 0 ? "/" : path, Part(login, 0), Part(login, 1), encrypted);
    }

    /// <summary>Without the password, for logs.</summary>
    public override string ToString() => $"{(Encrypted ? "amqps" : "amqp")}://{Host}:{Port}/{System.Uri.EscapeDataString(VirtualHost)}";

    private static string Part(string[] login, int index) =>
        login.Length > index && login[index].Length > 0 ? System.Uri.UnescapeDataString(login[index]) : "guest";
}
