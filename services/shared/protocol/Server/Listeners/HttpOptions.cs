namespace Causality.Protocol.Server.Listeners;

/// <summary>Where a process listens for the operator's own applications and people. Configuration section <c>Http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Http";

    /// <summary>The address, <c>http://host:port</c>; the host is an IP address, <c>localhost</c> or <c>*</c> for every address; port 0 takes a free one.</summary>
    /// <value>Each service has its own default, on 127.0.0.1.</value>
    public string Url { get; set; } = "";

    /// <summary>Where the control API answers instead, so that applications that reach the log cannot reach it: <c>http://host:port</c>.</summary>
    /// <value>Default none: at <see cref="Url"/>.</value>
    public string? ControlUrl { get; set; }

    /// <summary>Host names that requests may name, without port; <c>*</c> for any.</summary>
    /// <value>Default: any when the address is not a loopback one, else the loopback names only, so that no web page can reach a local operator by a name of its own.</value>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>True when the control API has a door of its own.</summary>
    public bool HasControlDoor => !string.IsNullOrEmpty(ControlUrl);

    /// <summary>True when only this machine reaches a door.</summary>
    public bool IsLoopback(ListenerKind door) => ListenAddress.TryParse(UrlOf(door), "http", out var address) && address!.IsLoopback;

    /// <summary>The doors that other machines reach, as <c>Http:Url is 'http://…'</c>.</summary>
    public IReadOnlyList<string> ReachableFromElsewhere =>
    [
        .. new[] { ListenerKind.Application, ListenerKind.Control }.Take(HasControlDoor ? 2 : 1).Where(door => !IsLoopback(door))
            .Select(door => $"{Section}:{(door == ListenerKind.Control ? nameof(ControlUrl) : nameof(Url))} is '{UrlOf(door)}'"),
    ];

    private string UrlOf(ListenerKind door) => door == ListenerKind.Control && HasControlDoor ? ControlUrl! : Url;
}
