using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Causality.Contracts.Tests;

/// <summary>Makes a value of any contract with every member set to something of its own.</summary>
internal sealed class SampleValues
{
    private int _next = 1;

    public object Make(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type == typeof(string))
            return $"text {_next++} \u00e9\u4e16";
        if (type == typeof(Guid))
            return Guid.NewGuid();
        if (type == typeof(bool))
            return true;
        if (type == typeof(int))
            return _next++;
        if (type == typeof(long))
            return 5_000_000_000 + _next++;
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.UnixEpoch.AddMilliseconds(1_767_225_600_123 + _next++);
        if (type == typeof(byte[]))
            return new byte[] { 1, 2, (byte)_next++ };
        if (type == typeof(JsonElement))
            return JsonDocument.Parse("{\"a\":[1,2]}").RootElement;
        if (typeof(IDictionary<string, JsonElement>).IsAssignableFrom(type))
            return new Dictionary<string, JsonElement> { ["later"] = JsonDocument.Parse("5").RootElement };
        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
            return MakeList(type.GetGenericArguments()[0]);
        return MakeRecord(type);
    }

    private IList MakeList(Type element)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        list.Add(Make(element));
        list.Add(Make(element));
        return list;
    }

    private object MakeRecord(Type type)
    {
        var record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
            property.SetValue(record, Make(property.PropertyType));
        return record;
    }
}
