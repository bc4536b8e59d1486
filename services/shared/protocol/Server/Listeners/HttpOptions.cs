namespace Causality.Protocol.Server.Listeners;

/// <summary>Where a process listens for the operator's own applications and people. Configuration section <c>Http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Http";

    /// <summary>The address, <c>http://host:port</c>; the host is an IP address, <c>localhost</c> or <c>*</c> for every address; port 0 takes a free one.</summary>
    /// <value>Each service has its own default, on 127.0.0.1.</value>
    public string Url { get; set; } = "";

    /// <summary>Host names that requests may name, without port; <c>*</c> for any.</summary>
    /// <value>Default: any when the address is not a loopback one, else the loopback names only, so that no web page can reach a local operator by a name of its own.</value>
    public IList<string> AllowedHosts { get; } = [];
}
