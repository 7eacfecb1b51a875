using System.Collections.Immutable;

namespace CustomerService.Knowledge;

/// <summary>Articles that could not be loaded. The message lists every problem with its file, line and fix.</summary>
public sealed class KnowledgeLoadException : Exception
{
    public KnowledgeLoadException(string folder, IEnumerable<string> problems)
        : this(folder, [.. problems])
    {
    }

    private KnowledgeLoadException(string folder, ImmutableArray<string> problems)
        : base($"The knowledge articles in '{folder}' cannot be used: {string.Join(" ", problems)}")
    {
        Folder = folder;
        Problems = problems;
    }

    public string Folder { get; }

    public ImmutableArray<string> Problems { get; }
}
