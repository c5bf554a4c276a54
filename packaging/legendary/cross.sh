#!/bin/sh
# Lets the other scripts compile for another machine than this one:
#   cross.sh MACHINE FOLDER     MACHINE as `uname -m` names it, FOLDER to be the first of PATH
#
# In FOLDER are Debian's compiler and binutils for that machine, by the names that every build system
# looks for, and a uname that names it. So the scripts are the same for both, and what is done here
# changes nothing for the machine's own.
set -eu

machine=$1
folder=$2
mkdir -p "$folder"

for tool in gcc as ld ar ranlib nm objcopy objdump readelf size strip; do
    ln -s "/usr/bin/$machine-linux-gnu-$tool" "$folder/$tool"
done
cat >"$folder/uname" <<UNAME
#!/bin/sh
[ "\$*" = -m ] && exec echo $machine
exec /usr/bin/uname "\$@"
UNAME
chmod +x "$folder/uname"
# libraries.sh takes the kernel's interface from the folder that Debian has for this architecture.
mkdir -p "/usr/include/$machine-linux-gnu"
ln -s "/usr/$machine-linux-gnu/include/asm" "/usr/include/$machine-linux-gnu/asm"
# CPython is compiled with a Python of the same version, here the system's. Its configuration runs
# programs, which cannot be run here: the answers are what they find where they can be.
options="--build=$(gcc -dumpmachine) --host=$machine-linux-musl --with-build-python=python3.13"
for no in aligned_required broken_sem_getvalue buggy_getaddrinfo file__dev_ptc; do
    options="$options ac_cv_$no=no"
done
for yes in computed_gotos file__dev_ptmx pthread_system_supported working_tzset; do
    options="$options ac_cv_$yes=yes"
done
sed -i "1a set -- \"\$@\" $options" python3.13/configure
