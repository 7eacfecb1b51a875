using CustomerService.Architecture.Tests.Facts;

namespace CustomerService.Architecture.Tests.Rules;

/// <summary>Grains decide and do nothing else: no I/O, no clock, no chance, no threads.</summary>
internal static class Purity
{
    private static readonly string[] Namespaces =
    [
        "System.IO", "System.Net", "System.Data", "System.Diagnostics.Process", "System.Reflection.Emit", "System.Runtime.InteropServices",
        "System.Threading", "Microsoft",
    ];

    private static readonly string[] Types = ["System.Console", "System.Environment", "System.Random", "System.TimeProvider", "System.Diagnostics.Stopwatch"];

    private static readonly string[] Members =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
    ];

    // The ports that hosts implement (IGrainClient, IJournal) are declared beside the grains and are asynchronous.
    private static readonly string[] OfPorts =
    [
        "System.Threading.CancellationToken", "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1",
        "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1",
    ];

    // Compilers and their generators write these, whatever the source says.
    private static readonly string[] OfCompilers =
    [
        "Microsoft.CodeAnalysis.EmbeddedAttribute", "System.Runtime.InteropServices.CollectionsMarshal",
        "System.Runtime.InteropServices.ImmutableCollectionsMarshal", "System.Runtime.InteropServices.InAttribute",
        "System.Runtime.InteropServices.MemoryMarshal",
    ];

    /// <summary>What the compiled grains use, whichever way the source spells it.</summary>
    public static IEnumerable<string> Violations(CompiledAssembly grains) =>
        from used in grains.Types.Where(type => IsOutside(type) && !IsOfIteratorsOnly(type, grains)).Concat(grains.Members.Intersect(Members))
        select $"{grains.Name} uses {used}: a grain decides; hosts and performers act.";

    /// <summary>What one source file of the grains names.</summary>
    public static IEnumerable<string> Violations(string path, string source) =>
        from line in source.Split('\n').Select((text, index) => (Text: Code(text), Number: index + 1))
        from space in Namespaces
        where line.Text.Contains("using " + space, StringComparison.Ordinal) || line.Text.Contains(space + ".", StringComparison.Ordinal)
        where !line.Text.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal)
        select $"{path}({line.Number}) names {space}: a grain decides; hosts and performers act.";

    private static bool IsOutside(string type) =>
        (Types.Contains(type) || Namespaces.Any(space => type.StartsWith(space + ".", StringComparison.Ordinal)))
        && !OfPorts.Contains(type)
        && !OfCompilers.Contains(type);

    // An iterator asks for its thread's number; nothing of that type has another use here.
    private static bool IsOfIteratorsOnly(string type, CompiledAssembly grains) =>
        type == "System.Environment"
        && grains.Members.Where(member => member.StartsWith(type + ".", StringComparison.Ordinal)).ToArray() is ["System.Environment.get_CurrentManagedThreadId"];

    private static string Code(string line)
    {
        var comment = line.IndexOf("//", StringComparison.Ordinal);
        return comment < 0 ? line : line[..comment];
    }
}
