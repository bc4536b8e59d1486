namespace Causality.TestKit.Operators;

/// <summary>What a test's operator stands on.</summary>
public enum Backend
{
    /// <summary>In-memory transport, SQLite, a folder.</summary>
    Embedded,

    /// <summary>In-memory transport, PostgreSQL, a folder.</summary>
    PostgreSql,

    /// <summary>RabbitMQ, PostgreSQL, a folder.</summary>
    Servers,
}
