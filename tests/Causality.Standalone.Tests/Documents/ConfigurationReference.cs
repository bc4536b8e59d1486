using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Causality.Standalone.Embedding;
using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.Documents;

/// <summary>Every setting of every service as a page: names, types and defaults from the options themselves, meaning and bounds from their documentation.</summary>
internal static partial class ConfigurationReference
{
    private static readonly Dictionary<string, string> Sources = Directory.EnumerateFiles(Path.Combine(BuiltPrograms.RepositoryRoot, "services"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")).GroupBy(path => Path.GetFileNameWithoutExtension(path)).ToDictionary(group => group.Key, group => group.First());

    /// <summary>The page.</summary>
    public static string Make()
    {
        var page = new StringBuilder("""
            # Configuration

            <!-- Made from the options by a test; to make it anew: CAUSALITY_WRITE_DOCUMENTS=1 and run The_configuration_reference of Causality.Standalone.Tests. -->

            Every setting can be given on the command line (`--Sync:SyncInterval=00:01:00`), in the environment (`Sync__SyncInterval=00:01:00`) or, embedded, in code. Times are
            `[days.]hh:mm:ss[.fff]`. What is out of its bounds keeps the process from starting, with every fault named.

            """);
        foreach (var type in OptionTypes())
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {Section(type)}\n\n{Summary(Documentation(type, type.Name, isType: true))}\n\n| setting | type | default | meaning |\n|---|---|---|---|\n");
            foreach (var row in Rows(type, Activator.CreateInstance(type)!, Section(type)))
                page.Append(row);
        }

        return page.ToString();
    }

    /// <summary>Settings without a word on what they mean.</summary>
    public static IEnumerable<string> Undocumented() => OptionTypes().SelectMany(type => Settings(type).Where(property => Summary(Documentation(property.DeclaringType!, property.Name, isType: false)).Length == 0).Select(property => $"{type.Name}.{property.Name}"));

    /// <summary>The name of every setting, such as <c>Storage:S3:Bucket</c>, and of every group of them.</summary>
    public static IReadOnlySet<string> Names() => OptionTypes().SelectMany(type => Names(type, Section(type))).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Names(Type type, string path) => Settings(type).SelectMany(property =>
    {
        var name = $"{path}:{property.Name}";
        return IsGroup(property.PropertyType) ? Names(property.PropertyType, name).Prepend(name) : [name];
    });

    private static IEnumerable<Type> OptionTypes()
    {
        var assemblies = new HashSet<string>();
        var queue = new Queue<Assembly>([typeof(CausalityOperator).Assembly]);
        var found = new List<Type>();
        while (queue.TryDequeue(out var assembly))
        {
            if (!assemblies.Add(assembly.FullName!))
                continue;
            found.AddRange(assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is not null));
            foreach (var name in assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Causality.", StringComparison.Ordinal)))
                queue.Enqueue(Assembly.Load(name));
        }

        return found.OrderBy(Section, StringComparer.Ordinal);
    }

    private static string Section(Type type) => (string)type.GetField("Section", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static IEnumerable<string> Rows(Type type, object instance, string path)
    {
        foreach (var property in Settings(type))
        {
            var (name, documentation) = ($"{path}:{property.Name}", Documentation(property.DeclaringType!, property.Name, isType: false));
            if (IsGroup(property.PropertyType))
            {
                foreach (var row in Rows(property.PropertyType, property.GetValue(instance) ?? Activator.CreateInstance(property.PropertyType)!, name))
                    yield return row;
                continue;
            }

            yield return $"| `{name}` | {TypeName(property.PropertyType)} | {Default(property.GetValue(instance))} | {Cell($"{Summary(documentation)} {Value(documentation)}".Trim())} |\n";
        }
    }

    // A list of types is for code, not for configuration.
    private static IEnumerable<PropertyInfo> Settings(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanRead && (property.CanWrite || typeof(IEnumerable).IsAssignableFrom(property.PropertyType)) && !property.PropertyType.GenericTypeArguments.Contains(typeof(Type))).OrderBy(property => property.MetadataToken);

    private static bool IsGroup(Type type) => type.IsClass && type.Namespace?.StartsWith("Causality", StringComparison.Ordinal) == true;

    private static string TypeName(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(TimeSpan) ? "time" : plain == typeof(string) ? "text" : plain == typeof(bool) ? "true or false"
            : plain.IsEnum ? string.Join(", ", Enum.GetNames(plain).Select(name => $"`{name}`"))
            : plain.IsPrimitive ? "number" : plain == typeof(Uri) ? "address"
            : typeof(IDictionary).IsAssignableFrom(plain) || plain.Name.Contains("Dictionary", StringComparison.Ordinal) ? "by name" : typeof(IEnumerable).IsAssignableFrom(plain) ? "list" : plain.Name;
    }

    private static string Default(object? value) => value switch
    {
        null or "" => "",
        bool yes => yes ? "`true`" : "`false`",
        string text => $"`{text}`",
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(item => $"`{item}`")),
        IFormattable formattable => $"`{formattable.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    private static string Documentation(Type type, string member, bool isType)
    {
        if (!Sources.TryGetValue(type.Name, out var path))
            return "";
        var lines = File.ReadAllLines(path);
        var declaration = new Regex(isType ? $@"\b(class|record) {member}\b" : $@"^\s*public [^(=]*\b{member}\b\s*(\{{|=)");
        var at = Array.FindIndex(lines, line => declaration.IsMatch(line));
        return at < 0 ? "" : string.Join(' ', lines[..at].Reverse().TakeWhile(line => line.TrimStart().StartsWith("///", StringComparison.Ordinal) || line.TrimStart().StartsWith('[')).Reverse().Select(line => line.Trim().TrimStart('/').Trim()));
    }

    private static string Summary(string documentation) => Text(SummaryTag().Match(documentation).Groups[1].Value);

    private static string Value(string documentation) => Text(ValueTag().Match(documentation).Groups[1].Value);

    private static string Text(string xml) => Tag().Replace(CodeTag().Replace(SeeTag().Replace(xml, match => $"`{match.Groups[1].Value.Split('.')[^1]}`"), "`$1`"), "").Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&").Trim();

    private static string Cell(string text) => text.Replace("|", "\\|");

    [GeneratedRegex("<summary>(.*?)</summary>")]
    private static partial Regex SummaryTag();

    [GeneratedRegex("<value>(.*?)</value>")]
    private static partial Regex ValueTag();

    [GeneratedRegex("<see (?:cref|langword)=\"([^\"]*)\"\\s*/>")]
    private static partial Regex SeeTag();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex CodeTag();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
