using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CustomerService.Architecture.Tests.Facts;

/// <summary>What a compiled assembly really uses; the compiler leaves out references that no code needs.</summary>
/// <param name="Name">Its name, without our prefix.</param>
/// <param name="References">The names of the assemblies it uses, ours without the prefix.</param>
/// <param name="Types">The full names of the outside types it uses.</param>
/// <param name="Members">The outside members it uses, as <c>full type name.member</c>.</param>
internal sealed record CompiledAssembly(
    string Name, ImmutableArray<string> References, ImmutableArray<string> Types, ImmutableArray<string> Members)
{
    /// <summary>Our assemblies beside these tests, but for the tests themselves.</summary>
    public static ImmutableArray<CompiledAssembly> Ours { get; } =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, ProjectFile.Prefix + "*.dll")
            .Where(path => !path.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    public static CompiledAssembly Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        return new CompiledAssembly(
            ProjectFile.Short(path),
            [.. metadata.AssemblyReferences.Select(handle => ProjectFile.Short(metadata.GetString(metadata.GetAssemblyReference(handle).Name) + ".dll"))],
            [.. metadata.TypeReferences.Select(handle => FullName(metadata, handle))],
            [
                .. from handle in metadata.MemberReferences
                   let member = metadata.GetMemberReference(handle)
                   where member.Parent.Kind == HandleKind.TypeReference
                   select $"{FullName(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}",
            ]);
    }

    private static string FullName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{FullName(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
