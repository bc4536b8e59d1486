namespace Causality.Scheduler.Dashboard;

/// <summary>Where the dashboard finds what the scheduler does not own. Configuration section <c>Dashboard</c>.</summary>
public sealed class DashboardOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Dashboard";

    /// <summary>The control API of the conflict-resolver, <c>http://host:port</c>.</summary>
    /// <value>Default: <c>http://127.0.0.1:7074</c>; this process itself where it is the whole operator.</value>
    public string? ConflictResolverUrl { get; set; }

    /// <summary>RabbitMQ's management API, <c>http://host:15672</c>, without user and password.</summary>
    /// <value>Default: none. Then the page of the queues shows this process's outbox and inbox instead.</value>
    public string? ManagementUrl { get; set; }

    /// <summary>Who asks RabbitMQ; the tag <c>monitoring</c> shows everything, <c>management</c> the queues.</summary>
    /// <value>Default: the user of <c>Bus:Uri</c>.</value>
    public string? ManagementUser { get; set; }

    /// <summary>The password. A secret: never log it.</summary>
    /// <value>Default: the one of <c>Bus:Uri</c>.</value>
    public string? ManagementPassword { get; set; }

    /// <summary>How long one look at the queues or at the figures serves all viewers.</summary>
    /// <value>Default 5 s; 1 s to 5 minutes.</value>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for an answer of another service.</summary>
    /// <value>Default 10 s; 1 s to 1 minute.</value>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Set by the embedded form: every service runs in this process and answers at its own address.</summary>
    public bool IsWholeOperator { get; set; }
}
