using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Causality.Contracts.Tests;

/// <summary>Everything that the contracts promise, a line each: types, members with their types, names and values of constants and enumerations.</summary>
internal static class ContractSnapshot
{
    /// <summary>Set to 1 to accept additions.</summary>
    public const string AcceptVariable = "CAUSALITY_ACCEPT_CONTRACTS";

    /// <summary>The file beside this source file.</summary>
    public static string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(SourcePath())!, "contracts.snapshot.txt");

    public static IReadOnlyList<string> Lines() => [.. ContractTypes.All.SelectMany(Describe)];

    public static void Write(IReadOnlyList<string> lines) => File.WriteAllText(
        Path, $"# What Causality.Contracts has published. Written by the test; to accept additions run it with {AcceptVariable}=1.\n{string.Join('\n', lines)}\n");

    private static IEnumerable<string> Describe(Type type)
    {
        yield return $"{Kind(type)} {type.FullName}";
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).OrderBy(property => property.Name, StringComparer.Ordinal))
            yield return $"{type.FullName}.{property.Name}: {Name(property)}{(property.IsDefined(typeof(RequiredMemberAttribute)) ? " required" : "")}";
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(field => field.IsLiteral).OrderBy(field => field.Name, StringComparer.Ordinal))
            yield return $"{type.FullName}.{field.Name} = {Value(field)}";
    }

    private static string Kind(Type type) => type.IsEnum ? "enum" : ContractTypes.Records.Contains(type) ? "record" : "constants";

    private static string Value(FieldInfo field) => Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!;

    private static string Name(PropertyInfo property)
    {
        var isNullable = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        return Name(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) + (isNullable ? "?" : "");
    }

    private static string Name(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;

    private static string SourcePath([CallerFilePath] string path = "") => path;
}
