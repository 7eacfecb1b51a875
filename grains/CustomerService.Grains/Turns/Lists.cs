using System.Collections.Immutable;

namespace CustomerService.Grains.Turns;

internal static class Lists
{
    /// <summary>A list left out of a command's JSON arrives as the default array, which throws when read: it means none.</summary>
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> items) => items.IsDefault ? [] : items;

    /// <summary>Appends, and lets the oldest go beyond the limit.</summary>
    public static ImmutableList<T> AddWithin<T>(this ImmutableList<T> items, T item, int limit)
    {
        var longer = items.Add(item);
        return longer.Count <= limit ? longer : longer.RemoveRange(0, longer.Count - limit);
    }

    /// <summary>Without blanks, outer spaces and repetitions, in the given order.</summary>
    public static ImmutableArray<string> Tidy(this ImmutableArray<string> names) =>
        [.. names.OrEmpty().Where(name => !string.IsNullOrWhiteSpace(name)).Select(name => name.Trim()).Distinct(StringComparer.Ordinal)];
}
