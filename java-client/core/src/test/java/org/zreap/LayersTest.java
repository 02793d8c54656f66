// SPDX-License-Identifier: Apache-2.0
package org.zreap;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class LayersTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.zreap");

    @Test
    void jnaIsSeenInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.zreap.internal.sys")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(CLASSES);
    }

    /** Only that JNA cannot be loaded has no errno that could tell it. */
    @Test
    void systemCallsKnowNothingAbove() {
        classes()
                .that()
                .resideInAPackage("org.zreap.internal.sys")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("org.zreap.internal.sys", "com.sun.jna..", "java..", "org.jspecify..")
                                .or(belongToAnyOf(NativeLibraryException.class, Failure.class)))
                .check(CLASSES);
    }

    @Test
    void theLanguageDoesNoInput() {
        noClasses()
                .that()
                .resideInAnyPackage("org.zreap.internal.wire", "org.zreap.internal.netlink")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "org.zreap.internal.sys", "org.zreap.internal.proc")
                .check(CLASSES);
    }

    @Test
    void publicConstructorsShowNothingInternal() {
        constructors()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("org.zreap.internal..")
                .should()
                .notHaveRawParameterTypes(anyElementThat(resideInAPackage("org.zreap.internal..")))
                .check(CLASSES);
    }

    @Test
    void publicMethodsShowNothingInternal() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("org.zreap.internal..")
                .should()
                .notHaveRawReturnType(resideInAPackage("org.zreap.internal.."))
                .andShould()
                .notHaveRawParameterTypes(anyElementThat(resideInAPackage("org.zreap.internal..")))
                .check(CLASSES);
    }
}
