using System.Reflection;
using CustomerService.Grains.Orleans.Wire;
using Orleans;
using Orleans.Concurrency;

namespace CustomerService.Grains.Orleans.Tests;

/// <summary>All that silos of two versions must agree on, out of the code: names, numbers, and the types of what goes over the wire.</summary>
internal static class WireContract
{
    public static IEnumerable<string> Lines() =>
        from type in typeof(WireCommand).Assembly.GetTypes()
        where type.Namespace?.StartsWith("CustomerService.Grains.Orleans", StringComparison.Ordinal) == true && (IsGrain(type) || type.GetCustomAttribute<GenerateSerializerAttribute>() is not null)
        from line in LinesOf(type)
        select line;

    private static bool IsGrain(Type type) => type.IsInterface && type.IsAssignableTo(typeof(IAddressable));

    private static IEnumerable<string> LinesOf(Type type)
    {
        yield return $"{type.Name} {type.GetCustomAttribute<AliasAttribute>()?.Alias}";
        foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (member is MethodInfo method && IsGrain(type))
                yield return $"{type.Name}.{method.Name} {method.GetCustomAttribute<AliasAttribute>()?.Alias}: ({string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))}) {Name(method.ReturnType)}{Manner(method)}";
            if (member is PropertyInfo property && property.Name != "EqualityContract")
                yield return $"{type.Name}.{property.Name} {property.GetCustomAttribute<IdAttribute>()?.Id}: {Name(property.PropertyType)}";
        }

        if (!type.IsEnum)
            yield break;
        foreach (var value in Enum.GetValues(type))
            yield return $"{type.Name}.{value} {(int)value}";
    }

    private static string Manner(MethodInfo method) =>
        (method.IsDefined(typeof(AlwaysInterleaveAttribute)) ? ", interleaves" : "") + (method.IsDefined(typeof(OneWayAttribute)) ? ", one way" : "");

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
