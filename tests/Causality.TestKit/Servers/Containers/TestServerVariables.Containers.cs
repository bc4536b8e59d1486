using Causality.TestKit.Servers.Containers;

namespace Causality.TestKit.Servers;

/// <content>Sets the variables that nobody has set, to servers in containers.</content>
public static partial class TestServerVariables
{
    // Once in a process, however many fixtures ask at once. They ask from synchronous code, and xunit runs tests on pool threads without
    // a context, so that waiting here blocks nobody else.
    private static readonly Lazy<ContainerServers> Containers = new(() => Task.Run(ContainerServers.StartAsync).GetAwaiter().GetResult());

    static partial void Provide()
    {
        SetWhereMissing(Postgres, Containers.Value.Postgres);

        // The two of the broker belong together.
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(RabbitMq)))
        {
            Environment.SetEnvironmentVariable(RabbitMq, Containers.Value.RabbitMq);
            Environment.SetEnvironmentVariable(RabbitMqManagement, Containers.Value.RabbitMqManagement);
        }
    }

    private static void SetWhereMissing(string variableName, string value)
    {
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variableName)))
            Environment.SetEnvironmentVariable(variableName, value);
    }
}
