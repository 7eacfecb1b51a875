namespace CustomerService.Knowledge;

/// <summary>An article that cannot be used. The message names the file, the line, what is wrong and the fix.</summary>
public sealed class ArticleFormatException : FormatException
{
    /// <param name="path">The article's file.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="problem">What is wrong, and how to put it right.</param>
    public ArticleFormatException(string path, int line, string problem)
        : base($"{path}:{line}: {problem}")
    {
        Path = path;
        Line = line;
    }

    public string Path { get; }

    public int Line { get; }
}
