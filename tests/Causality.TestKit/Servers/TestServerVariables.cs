namespace Causality.TestKit.Servers;

/// <summary>Where tests find their servers: the variables that <c>infra/scripts/lib/servers.sh</c> exports.</summary>
public static partial class TestServerVariables
{
    /// <summary>Variable with an Npgsql connection string of an administrator, who may create databases and roles.</summary>
    public const string Postgres = "CAUSALITY_TEST_POSTGRES";

    /// <summary>Variable with <c>amqp://user:password@host:port/</c>; the user is an administrator.</summary>
    public const string RabbitMq = "CAUSALITY_TEST_RABBITMQ";

    /// <summary>Variable with the same broker's management API, <c>http://user:password@host:port</c>.</summary>
    public const string RabbitMqManagement = "CAUSALITY_TEST_RABBITMQ_MANAGEMENT";

    /// <summary>The variable's value, or null. A build with <c>-p:UseTestcontainers=true</c> starts the server in a container when none is named.</summary>
    internal static string? Find(string variableName)
    {
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variableName)))
            Provide();
        var value = Environment.GetEnvironmentVariable(variableName);
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>Reads a variable as text.</summary>
    /// <exception cref="TestServersMissingException">It is missing or blank.</exception>
    internal static string Require(string variableName, string expectedShape) => Find(variableName) ?? throw new TestServersMissingException(variableName, expectedShape);

    /// <summary>Reads a variable as an absolute address with one of the given schemes.</summary>
    /// <exception cref="TestServersMissingException">It is missing or something else.</exception>
    internal static Uri RequireUri(string variableName, string expectedShape, params string[] schemes)
    {
        var text = Require(variableName, expectedShape);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme)
            ? address
            : throw new TestServersMissingException(variableName, expectedShape);
    }

    /// <summary>A name that no other fixture of any run has: <c>causality_test_</c> and 16 hexadecimal digits.</summary>
    internal static string NewName() => $"causality_test_{Guid.NewGuid():N}"[..31];

    // Only a build with containers has a body for this; without one the compiler leaves the calls out.
    static partial void Provide();
}
