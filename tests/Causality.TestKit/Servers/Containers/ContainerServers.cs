using System.Globalization;
using System.Security.Cryptography;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace Causality.TestKit.Servers.Containers;

/// <summary>A PostgreSQL and a RabbitMQ in containers, for the life of this process; Testcontainers' own watcher removes them afterwards.</summary>
/// <param name="Postgres">Npgsql connection string of an administrator.</param>
/// <param name="RabbitMq"><c>amqp://user:password@host:port/</c>; the user is an administrator.</param>
/// <param name="RabbitMqManagement">The same broker's management API, <c>http://user:password@host:port</c>.</param>
internal sealed record ContainerServers(string Postgres, string RabbitMq, string RabbitMqManagement)
{
    private const string User = "causality";
    private const ushort ManagementPort = 15672;

    /// <summary>Starts both side by side and waits until they answer.</summary>
    /// <remarks>Needs a Docker engine and the images <c>postgres:17</c> and <c>rabbitmq:4-management</c>. Exceptions of Testcontainers pass through: they name what is missing.</remarks>
    public static async Task<ContainerServers> StartAsync()
    {
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var postgres = new PostgreSqlBuilder("postgres:17").WithDatabase("postgres").WithUsername(User).WithPassword(password).Build();
        var broker = new RabbitMqBuilder("rabbitmq:4-management").WithUsername(User).WithPassword(password).WithPortBinding(ManagementPort, true).Build();
        await Task.WhenAll(postgres.StartAsync(), broker.StartAsync()).ConfigureAwait(false);

        var management = broker.GetMappedPublicPort(ManagementPort).ToString(CultureInfo.InvariantCulture);
        return new ContainerServers(postgres.GetConnectionString(), broker.GetConnectionString(), $"http://{User}:{password}@{broker.Hostname}:{management}");
    }
}
