using System.Reflection;

namespace Causality.Contracts.Tests;

/// <summary>What the assembly publishes.</summary>
internal static class ContractTypes
{
    /// <summary>The namespace that is the messages' name on the wire.</summary>
    public const string MessageNamespace = "Causality.Contracts";

    public static Assembly Assembly { get; } = typeof(SyncRequested).Assembly;

    /// <summary>Every public type, by name.</summary>
    public static IReadOnlyList<Type> All { get; } = [.. Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>The ones that travel: records and enumerations.</summary>
    public static IReadOnlyList<Type> Records { get; } = [.. All.Where(type => type is { IsClass: true, IsAbstract: false } && type.GetMethod("<Clone>$") is not null)];

    /// <summary>The ones that the bus carries.</summary>
    public static IReadOnlyList<Type> Messages { get; } = [.. Records.Where(type => type.GetProperty("SyncId") is not null && type.Namespace == MessageNamespace)];
}
