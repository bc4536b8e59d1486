namespace Causality.EndToEnd.Tests.Operators;

/// <summary>Servers of a test's own, in place of those that the environment names.</summary>
/// <param name="Postgres">Npgsql connection string of an administrator.</param>
/// <param name="RabbitMq"><c>amqp://user:password@host:port/</c>.</param>
/// <param name="RabbitMqManagement">The same broker's management API.</param>
public sealed record OperatorServers(string Postgres, Uri RabbitMq, Uri RabbitMqManagement);
