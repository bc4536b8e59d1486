using Causality.Contracts;

namespace Causality.Messaging.Configuration;

/// <summary>The message types of the contracts: public records that no other record contains.</summary>
internal static class MessageContracts
{
    internal static IReadOnlyList<Type> All { get; } = Find();

    private static List<Type> Find()
    {
        var records = typeof(SyncRequested).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.Namespace == typeof(SyncRequested).Namespace && type.GetMethod("<Clone>$") is not null)
            .ToList();
        var parts = records.SelectMany(type => type.GetProperties()).Select(property => property.PropertyType)
            .SelectMany(type => type.IsGenericType ? type.GetGenericArguments() : [type]).ToHashSet();
        return [.. records.Where(type => !parts.Contains(type)).OrderBy(type => type.Name, StringComparer.Ordinal)];
    }
}
