namespace Causality.ServiceDefaults.Control;

/// <summary>Who may use the control and application API. Configuration section <c>Control</c>.</summary>
public sealed class ControlOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Control";

    /// <summary>Shortest token that the configuration may give: 32 characters.</summary>
    public const int MinTokenLength = 32;

    /// <summary>A file whose only line is a token with every role, for the first start and for the day on which all others are lost; it is read again when it changes.</summary>
    /// <value>Default none. At least <see cref="MinTokenLength"/> printable characters, such as <c>openssl rand -base64 32</c> makes.</value>
    public string? BootstrapTokenFile { get; set; }

    /// <summary>The same token itself, for environments that hand out secrets as variables.</summary>
    /// <value>Default none.</value>
    public string? BootstrapToken { get; set; }

    /// <summary>While no token has ever been made: let the users of this machine do everything, where the listener is a loopback address.</summary>
    /// <value>Default true.</value>
    public bool AllowLocal { get; set; } = true;

    /// <summary>How long a browser's session lasts; it ends earlier when its token does.</summary>
    /// <value>Default 8 h; 1 min to 7 d.</value>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>Send the session's cookie by https only, also where a proxy ends TLS before this process.</summary>
    /// <value>Default false: by https only when it was asked for by https.</value>
    public bool SecureCookie { get; set; }

    /// <summary>The folder of the keys that protect sessions; the processes that are to accept each other's sessions share it.</summary>
    /// <value>Default <c>control-keys</c> in the data folder.</value>
    public string? KeysFolder { get; set; }

    /// <summary>Most wrong tokens of one address within <see cref="FailureWindow"/>; more are answered 429.</summary>
    /// <value>Default 20; 1 to 10,000.</value>
    public int MaxFailures { get; set; } = 20;

    /// <summary>The time over which wrong tokens are counted.</summary>
    /// <value>Default 1 min; 100 ms to 1 h.</value>
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(1);
}
