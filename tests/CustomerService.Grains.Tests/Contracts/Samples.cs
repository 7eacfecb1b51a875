using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Tickets;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Contracts;

/// <summary>Makes an example of any contract type, with every member set, the same in every run.</summary>
internal static class Samples
{
    private static readonly Dictionary<Type, object> Chosen = new()
    {
        [typeof(bool)] = true,
        [typeof(int)] = 7,
        [typeof(long)] = 8L,
        [typeof(double)] = 0.5,
        [typeof(decimal)] = 0.25m,
        [typeof(DateOnly)] = new DateOnly(2026, 12, 25),
        [typeof(TimeOnly)] = new TimeOnly(3, 15),
        [typeof(DateTimeOffset)] = new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero),
        [typeof(TimeSpan)] = TimeSpan.FromSeconds(30),
        [typeof(Command)] = new GetTicket(),
        [typeof(Work)] = new RunPipeline("c-1", "m-1"),
        [typeof(JournalEvent)] = new ConversationReopened(),
    };

    public static object Of(Type type) => Of(type, "text");

    private static object Of(Type type, string name)
    {
        if (Chosen.TryGetValue(type, out var chosen))
            return chosen;
        if (type == typeof(string))
            return $"a {name.ToLowerInvariant()}";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying, name);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(1)!;
        if (type.IsGenericType)
            return Collection(type, name);
        if (type.IsAbstract)
            throw new NotSupportedException($"There is no example of {type}: add one to {nameof(Samples)}.");
        return Record(type);
    }

    private static object Collection(Type type, string name)
    {
        var element = type.GetGenericArguments()[^1];
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        items.Add(Of(element, name));
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(ImmutableDictionary<,>) || definition == typeof(ImmutableSortedDictionary<,>))
        {
            var entries = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
            entries["key"] = items[0];
            return Invoke(definition == typeof(ImmutableDictionary<,>) ? typeof(ImmutableDictionary) : typeof(ImmutableSortedDictionary), nameof(ImmutableDictionary.CreateRange), entries, typeof(string), element);
        }

        var factory = definition == typeof(ImmutableArray<>) ? typeof(ImmutableArray)
            : definition == typeof(ImmutableList<>) ? typeof(ImmutableList)
            : throw new NotSupportedException($"There is no example of {type}: add one to {nameof(Samples)}.");
        return Invoke(factory, nameof(ImmutableArray.CreateRange), items, element);
    }

    private static object Invoke(Type factory, string method, object argument, params Type[] types) => factory
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Single(each => each.Name == method && each.GetParameters().Length == 1 && each.GetGenericArguments().Length == types.Length
            && each.GetParameters()[0].ParameterType.Name.StartsWith("IEnumerable", StringComparison.Ordinal))
        .MakeGenericMethod(types)
        .Invoke(null, [argument])!;

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(each => each.GetParameters().Length)!;
        var sample = constructor.Invoke(
            BindingFlags.Default, null, [.. constructor.GetParameters().Select(each => Of(each.ParameterType, each.Name!))], CultureInfo.InvariantCulture);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(each => each.CanWrite))
            property.SetValue(sample, Of(property.PropertyType, property.Name));
        return sample;
    }
}
