namespace CustomerService.Pipelines.Definitions;

/// <summary>A pipeline, a settings file or an expression can't be used as it is written.</summary>
public sealed class PipelineFormatException : FormatException
{
    /// <param name="message">What is wrong, without a full stop.</param>
    /// <param name="fix">What to write instead, without a full stop; may be empty.</param>
    /// <param name="offset">Where in the expression or template, in characters from 0.</param>
    public PipelineFormatException(string message, string fix = "", int offset = 0)
        : base(fix.Length == 0 ? message : $"{message}. Fix: {fix}")
    {
        Problem = message;
        Fix = fix;
        Offset = offset;
    }

    /// <summary>A whole file's findings, one a line.</summary>
    internal PipelineFormatException(IEnumerable<PipelineFinding> findings)
        : this(string.Join('\n', findings))
    {
    }

    /// <summary>What is wrong, without the fix.</summary>
    public string Problem { get; }

    public string Fix { get; }

    public int Offset { get; }
}
