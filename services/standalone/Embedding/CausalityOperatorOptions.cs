using Causality.Scheduler.Options;

namespace Causality.Standalone.Embedding;

/// <summary>An embedded operator's settings; what is not named here can be set by configuration as for the services.</summary>
public sealed class CausalityOperatorOptions
{
    /// <summary>The operator's id.</summary>
    /// <value>Required, unless configuration <c>Operator:Id</c> says it.</value>
    public string? Id { get; set; }

    /// <summary>The folder of the log, the database and the identity; made when missing.</summary>
    /// <value>Required, unless configuration <c>Storage:DataFolder</c> says it.</value>
    public string? DataFolder { get; set; }

    /// <summary>Where the application and control API listen; port 0 for any free one.</summary>
    /// <value>Default <c>http://127.0.0.1:7070</c>.</value>
    public string? Url { get; set; }

    /// <summary>Where the control API listens instead, so that applications which reach the log cannot reach it.</summary>
    /// <value>Default none: at <see cref="Url"/>.</value>
    public string? ControlUrl { get; set; }

    /// <summary>Where peers connect, by mutual TLS; port 0 for any free one.</summary>
    /// <value>Default <c>https://0.0.0.0:7443</c>.</value>
    public string? PeerUrl { get; set; }

    /// <summary>Changes the sync settings; runs after configuration.</summary>
    public Action<SyncOptions>? Sync { get; set; }
}
